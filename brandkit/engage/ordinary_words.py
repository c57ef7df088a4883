"""Words that people are called by and that stand in any text, too: Will, Mark, Grace; Page, Long, Grant. Pure.

A name that is made of such words alone counts only where it is written with capitals.
"""

from __future__ import annotations

from brandkit.base.stopwords import STOPWORDS

_FIRST = """
will mark grace faith hope joy may june april august summer autumn dawn rose ivy lily daisy violet olive heather hazel
holly iris jasmine ginger amber ruby pearl crystal jade sky star rich frank jack bill bob rob pat drew chase hunter
mason max art dean duke earl guy gene rex roy dale glen heath cliff clay reed ray rusty sandy sonny sunny victor miles
grant lane penny patience prudence charity constance mercy honor honour harmony melody cherry clement christian chance
case chuck dick don ed gay hank jean jimmy josh lance lee major mike nick norm peg rod sage skip sue tab tad tony trace
trip wade ward warren wade zen angel autumn bishop blaze brook brooke candy carol cash celeste clarity destiny dolly
eve fern flora forest genesis gray grey haven honey jewel journey justice kitty king liberty misty nova ocean pace
paris page parker piper porter precious princess prince queen rain raven river robin rowan royal sailor scout serenity
september sierra silver skye stone storm sterling true trinity wren ernst frei klein rosa viola linus
"""
_FAMILY = """
page long price cash sharp short small little strong swift wise good best cross dale moore moss rice bean berry fox wolf
bird crane drake finch hawk lamb bass pike love young old new brown black white green gray grey blue gold silver stone
wood woods hill hills field fields brook brooks rivers lake ford bridge bridges bank banks church temple bell bells ball
park parks street lane way house hall castle gate gates baker cook cooper carpenter fisher farmer gardener miller mason
potter porter shepherd smith taylor turner walker weaver wright archer bishop butler carter chandler clerk day days week
weeks knight noble rich case chance post place power powers press rush savage self shields shore singer snow speed
spring steel stern stock strange summer summers winter winters east west north south town towns valley waters webb
wells wild wilde wolf words work worth yard branch bond book bloom bright broad bush buck burns burn call camp close
cloud coin cole combs court cox craft crisp crow cruz curry dance dash dean dear dickens downs dollar drew drum dunn
early england english fair farm fast fine fish flag flowers flower foot fort forest forth foster free french friend
frost fry fuller game garden german gift glass go goes golden goods grant graves great grove guest hand hands hardy
harper hart hay head heart held high hope horn horse hunt hunter ice iron jewel joy judge just keen key keys kind king
land law lawn law lead leaf life light link list lock lord low lucky major march mark marks marsh may mead means meadows
miles mills minor money moon more mount mountain nail neighbors nice night oak oakes ocean paper parent peak peace penny
pepper person plain plant point pond pool poor pope pound prior pride prime proper purple quick rain rains ray read real
reach reason rest ring rivers road roads rock root rose round rule sale salt sands school sea seal search see sell
set shade sharpe shaw shell ship silk single site skinner slate sleep smart snell song spark spear spence spencer staff
stage stand stanley star start state steele sterling still stream sun sugar sweet table tall teller test thorn tower
trace trade train trip true trust twain underwood vale view vine vision wade wait wall walls ward ware warm wash watch
water waters wave way west wheel whistler will wind wing wings winner winn works world yarn yates lang lange gross
"""
ORDINARY = STOPWORDS | frozenset(_FIRST.split()) | frozenset(_FAMILY.split())
