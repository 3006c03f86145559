using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CmlNet.Dvc.Project;

namespace CmlNet.Dvc.Remotes;

/// <summary>Which certificates a remote's server may have, by its <c>ssl_verify</c>.</summary>
internal static class ServerCertificates
{
    /// <param name="authorities">A file of certificates of authorities, as PEM; null to take any certificate.</param>
    /// <exception cref="DvcException">There is no certificate in the file.</exception>
    public static SocketsHttpHandler Handler(string? authorities)
    {
        var handler = new SocketsHttpHandler();
#pragma warning disable CA5359 // The user asked for that, of this remote alone.
        handler.SslOptions.RemoteCertificateValidationCallback = authorities is null ? static (_, _, _, _) => true : By(Read(authorities));
#pragma warning restore CA5359
        return handler;
    }

    private static X509Certificate2Collection Read(string path)
    {
        var known = new X509Certificate2Collection();
        try
        {
            known.ImportFromPemFile(path);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new DvcException($"ssl_verify: {path} cannot be read: {e.Message}", innerException: e);
        }

        return known.Count > 0 ? known : throw new DvcException($"ssl_verify: {path} has no certificate in it; it takes true, false or a PEM file");
    }

    private static RemoteCertificateValidationCallback By(X509Certificate2Collection authorities) => (_, certificate, chain, errors) =>
    {
        // A wrong name, or none at all, no authority can mend.
        if ((errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None || certificate is not X509Certificate2 server)
            return false;
        using var own = new X509Chain();
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(authorities);
        foreach (X509ChainElement element in chain is null ? [] : chain.ChainElements.AsEnumerable())
            own.ChainPolicy.ExtraStore.Add(element.Certificate);
        return own.Build(server);
    };
}
