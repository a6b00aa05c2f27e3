"""Properties that hold for random packs and proposals."""
