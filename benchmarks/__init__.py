"""What is slow and what is read: measurements that are no tests."""
