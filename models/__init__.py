"""What is true: rules, records, storage, documents and reports. Nothing here imports Qt."""
