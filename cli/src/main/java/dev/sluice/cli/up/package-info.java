/** Starting and ending the platform: up, down. */
@NullMarked
package dev.sluice.cli.up;

import org.jspecify.annotations.NullMarked;
