package dev.sluice.common.link;

/**
 * What all links of a process have in common.
 *
 * @param identity this process
 * @param settings its side of every link
 * @param handler told of every link and its frames
 */
public record LinkContext(Identity identity, LinkSettings settings, LinkHandler handler) {}
