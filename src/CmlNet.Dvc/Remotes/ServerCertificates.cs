using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CmlNet.Dvc.Project;

namespace CmlNet.Dvc.Remotes;

/// <summary>Which certificates a remote's server may have, by its <c>ssl_verify</c>.</summary>
internal static class ServerCertificates
{
    private const string ServerUsage = "1.3.6.1.5.5.7.3.1"; // id-kp-serverAuth, RFC 5280

    /// <param name="authorities">A file of certificates of authorities, as PEM; null to take any certificate.</param>
    /// <exception cref="DvcException">There is no certificate in the file.</exception>
    public static SocketsHttpHandler Handler(string? authorities)
    {
        var handler = new SocketsHttpHandler();
        if (authorities is null)
        {
#pragma warning disable CA5359 // The user asked for that, of this remote alone.
            handler.SslOptions.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
            return handler;
        }

        // The name, and that it is a server's, are looked at as ever.
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.ApplicationPolicy.Add(new Oid(ServerUsage));
        policy.CustomTrustStore.AddRange(Read(authorities));
        handler.SslOptions.CertificateChainPolicy = policy;
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
}
