using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CmlNet.Publishing.Http;

/// <summary>Certificate authorities of a company, trusted beside the system's.</summary>
internal static class TrustedAuthorities
{
    /// <param name="path">A PEM file with one or more certificates.</param>
    /// <exception cref="PublishingException">It cannot be read, or holds none.</exception>
    public static RemoteCertificateValidationCallback Beside(string path)
    {
        OpenSsl.Require(new Uri("https://localhost"));
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new PublishingException($"the certificate authorities in '{path}' cannot be read: {e.Message}", e);
        }

        return authorities.Count == 0
            ? throw new PublishingException($"'{path}' holds no certificate: a PEM file is wanted, with -----BEGIN CERTIFICATE----- in it")
            : (_, certificate, chain, errors) => errors == SslPolicyErrors.None || (errors == SslPolicyErrors.RemoteCertificateChainErrors && IsIssued(certificate, chain, authorities));
    }

    /// <summary>Names were checked already; whether the authority is one of ours was not.</summary>
    private static bool IsIssued(X509Certificate? certificate, X509Chain? presented, X509Certificate2Collection authorities)
    {
        if (certificate is null)
            return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        foreach (X509ChainElement element in presented?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        using var own = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return chain.Build(own);
    }
}
