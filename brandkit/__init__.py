"""brandkit: posts and contacts in; a site of one's own, and kind suggestions, out."""

__version__ = "0.1.0"
