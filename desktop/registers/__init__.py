"""The register: who is in, who may collect, ring home, roll call, paper keyed back."""
