"""The sitemap by the schema of its protocol, the calendar by a library that reads calendars, the blogroll as OPML."""

from __future__ import annotations

import shutil
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import icalendar
import pytest

pytestmark = pytest.mark.slow
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
# The protocol of sitemaps.org 0.9 as a schema: what may stand in a sitemap, and nothing else but other namespaces.
SCHEMA = """<?xml version="1.0"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
    targetNamespace="http://www.sitemaps.org/schemas/sitemap/0.9" elementFormDefault="qualified">
  <xs:element name="urlset"><xs:complexType><xs:sequence>
    <xs:element name="url" type="url" maxOccurs="50000"/>
  </xs:sequence></xs:complexType></xs:element>
  <xs:complexType name="url"><xs:sequence>
    <xs:element name="loc"><xs:simpleType><xs:restriction base="xs:anyURI">
      <xs:minLength value="12"/><xs:maxLength value="2048"/><xs:pattern value="https?://\\S+"/>
    </xs:restriction></xs:simpleType></xs:element>
    <xs:element name="lastmod" minOccurs="0"><xs:simpleType><xs:union memberTypes="xs:date xs:dateTime"/>
    </xs:simpleType></xs:element>
    <xs:any namespace="##other" minOccurs="0" maxOccurs="unbounded" processContents="lax"/>
  </xs:sequence></xs:complexType>
</xs:schema>"""


def test_the_sitemap_is_valid_and_names_every_page_once(built_example: Path) -> None:
    xmlschema = pytest.importorskip("xmlschema")
    public = built_example / "public"
    xmlschema.XMLSchema(SCHEMA).validate(str(public / "sitemap.xml"))
    root = ET.parse(public / "sitemap.xml").getroot()
    addresses = [loc.text or "" for loc in root.iter(f"{SITEMAP}loc")]
    assert len(set(addresses)) == len(addresses) > 40
    for address in addresses:
        path = address.removeprefix("https://alex.example.org/")
        page = (public / path / "index.html").read_text(encoding="utf-8")
        assert f'<link rel="canonical" href="{address}">' in page
    assert "hreflang" in (public / "sitemap.xml").read_text(encoding="utf-8")


def _events(public: Path) -> list[Any]:
    calendar = icalendar.Calendar.from_ical((public / "calendar.ics").read_bytes())
    return list(calendar.walk("VEVENT"))


def test_the_calendar_is_read_and_complete(built_example: Path) -> None:
    events = _events(built_example / "public")
    assert len(events) >= 6
    for event in events:
        assert event["UID"] == event["URL"] and event["SUMMARY"] and event["DTSTAMP"]
        start = event.decoded("DTSTART")
        if "DTEND" in event:
            assert event.decoded("DTEND") > start
        assert isinstance(start, date)
    assert any("RRULE" in event for event in events)
    assert any(getattr(event.decoded("DTSTART"), "tzinfo", None) for event in events)


def test_uids_stay_the_same_when_everything_else_changes(
    example: Path, brandkit: Callable[..., Any], built_example: Path
) -> None:
    for path in (example / "content/events").glob("*.md"):
        path.write_text(path.read_text(encoding="utf-8").replace("description:", "description: New,"), encoding="utf-8")
    shutil.rmtree(example / "content/vault")
    assert brandkit(example, "build", "--public-only", "--today", "2026-06-01").code == 0
    before = {event["UID"] for event in _events(built_example / "public")}
    assert {event["UID"] for event in _events(example / "public")} >= before


def test_the_blogroll_is_opml(built_example: Path) -> None:
    root = ET.parse(built_example / "public/blogroll.opml").getroot()
    assert (root.tag, root.get("version")) == ("opml", "2.0")
    assert all(outline.get("text") for outline in root.iter("outline"))
    assert any(outline.get("xmlUrl") for outline in root.iter("outline"))
