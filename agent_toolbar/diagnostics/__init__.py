"""What helps to find out where time goes."""
