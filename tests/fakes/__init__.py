"""Stand-ins for the outside world on loopback. They speak the real protocols and refuse what the real ones refuse."""
