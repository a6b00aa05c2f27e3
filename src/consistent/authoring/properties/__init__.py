"""What holds of every pack and every proposal, ready to be tried on a pack of one's own."""

from consistent.authoring.properties.laws import PROPERTIES
from consistent.authoring.properties.property import Property, PropertyError

__all__ = ["PROPERTIES", "Property", "PropertyError"]
