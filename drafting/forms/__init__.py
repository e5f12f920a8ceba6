"""What a person fills in, checked for shape: by the room it belongs to. What an act allows its service decides."""
