package dev.sluice.frontend.zmq;

import dev.sluice.common.config.SettingRefused;
import org.zeromq.ZMQ.Curve;

/** A key of CURVE as it is written in settings: 32 bytes in the 40 characters of Z85. */
final class CurveKey {

    private static final String ALPHABET =
            "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";

    private CurveKey() {}

    /** @throws SettingRefused where the text is neither empty nor a key */
    static void check(String text, String setting) {
        boolean key = text.length() == Curve.KEY_SIZE_Z85 && text.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0);
        if (!text.isEmpty() && !key) {
            // Not what it is: it may be a secret that is only too long.
            throw new SettingRefused(
                    setting + " is no key of CURVE: it has " + text.length() + " characters.",
                    "Write a secret key of 40 characters in Z85, as zmq.curve_keypair() of Python or the program"
                            + " curve_keygen make it, or leave it out to do without CURVE.");
        }
    }

    static byte[] bytes(String text) {
        return Curve.z85Decode(text);
    }
}
