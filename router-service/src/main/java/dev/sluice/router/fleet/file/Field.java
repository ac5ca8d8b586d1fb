package dev.sluice.router.fleet.file;

/**
 * A part of a {@link Struct}.
 *
 * @param name as it is written
 * @param shape of its value
 * @param about a line for people, in the schema
 */
record Field<T>(String name, Shape<T> shape, String about) {}
