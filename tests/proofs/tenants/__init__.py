"""Many organizations in one database: `make tenants N=1000`."""
