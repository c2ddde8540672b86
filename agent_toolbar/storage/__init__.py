"""What is kept on this desk: databases and the call journal."""
