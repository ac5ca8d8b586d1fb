package dev.sluice.system.observe.drawing;

/** A rectangle of the picture. */
record Box(double x, double y, double w, double h) {

    double right() {
        return x + w;
    }

    double bottom() {
        return y + h;
    }

    Box inset(double left, double top, double right, double bottom) {
        return new Box(x + left, y + top, w - left - right, h - top - bottom);
    }
}
