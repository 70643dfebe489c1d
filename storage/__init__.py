"""What is kept on the disk: one encrypted vault, its keys, its episodes and its indexes.

The only part that knows SQLite and keys. `vault.create_vault` and `vault.open_vault` give a `Vault`; the
classes of `repositories` and `index` stand on it and implement the ports of `second_me.core.ports`. The
folder of a vault holds

    vault.keys.json       the data key, wrapped by the passphrase and by the recovery key (`keys`)
    vault.db              all else, encrypted as a whole, with its log `vault.db-wal` (`vault`, `migrate`)
    vault.counter         how many commits there were, authenticated (`counter`)
    vault.lock            held by the one process that has it open
    vault.db.before-NNNN  the vault as it was before migration NNNN, encrypted as ever

What the environment does to us (`faults`) is told apart from what we did wrong: the one raises
`EnvironmentFault`, the other stays the exception that it is.
"""
