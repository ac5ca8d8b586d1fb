package dev.sluice.architecture.planted.common;

public class Anything {}
