"""Authorization as IAM's: policies are evaluated, and requests mapped to their actions, resources and condition keys."""
