"""What the screens cost with 500 things waiting: statements, CPU time, bytes."""
