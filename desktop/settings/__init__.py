"""What the club and this machine prefer."""
