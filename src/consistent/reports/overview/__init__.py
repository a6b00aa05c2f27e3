"""Many proposals at a glance: what is said of each, and on which principle."""
