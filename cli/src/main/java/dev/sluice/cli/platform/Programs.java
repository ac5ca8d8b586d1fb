package dev.sluice.cli.platform;

/** Where the programs of the tiers come from. Making one may take a while: jars are unpacked, archives written. */
public interface Programs {

    Program of(Tier tier);
}
