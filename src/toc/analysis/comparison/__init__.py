"""What changed from one theory to another, and what that does to the nodes that lose or gain support."""
