package dev.sluice.common.testing;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;

/** Signs certificates, and writes them as the files that a bundle of Spring Boot's names. */
public final class TestAuthority {

    /** Of the three files of a bundle. */
    public static final String CERTIFICATE = "certificate.pem";

    public static final String KEY = "key.pem";
    public static final String AUTHORITY = "authority.pem";

    private final X509Bundle authority;

    private TestAuthority(X509Bundle authority) {
        this.authority = authority;
    }

    public static TestAuthority named(String name) throws Exception {
        return new TestAuthority(
                certificate(name).setIsCertificateAuthority(true).buildSelfSigned());
    }

    /** The three files of who has the DNS name {@code name}, and takes certificates of this authority. */
    public void write(Path folder, String name) throws Exception {
        write(folder, member(name), authority.getCertificatePEM());
    }

    /** The same, of who has an address in its certificate, too. */
    public void write(Path folder, String name, String address) throws Exception {
        X509Bundle member =
                certificate(name).addSanDnsName(name).addSanIpAddress(address).buildIssuedBy(authority);
        write(folder, member, authority.getCertificatePEM());
    }

    /** The same, of who takes certificates of that one as well. */
    public void write(Path folder, String name, TestAuthority other) throws Exception {
        write(folder, member(name), authority.getCertificatePEM() + other.authority.getCertificatePEM());
    }

    private X509Bundle member(String name) throws Exception {
        return certificate(name).addSanDnsName(name).buildIssuedBy(authority);
    }

    private static void write(Path folder, X509Bundle member, String authorities) throws IOException {
        Files.createDirectories(folder);
        replace(folder.resolve(AUTHORITY), authorities);
        replace(folder.resolve(KEY), member.getPrivateKeyPEM());
        replace(folder.resolve(CERTIFICATE), member.getCertificatePEM());
    }

    /** At once: who watches the file never reads half of it. */
    private static void replace(Path file, String content) throws IOException {
        Path whole = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(whole, content);
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Valid since yesterday: clocks of machines differ. */
    private static CertificateBuilder certificate(String name) {
        return new CertificateBuilder()
                .subject("CN=" + name)
                .algorithm(Algorithm.ecp256)
                .notBefore(Instant.now().minus(Duration.ofDays(1)))
                .notAfter(Instant.now().plus(Duration.ofDays(1)));
    }
}
