using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using CmlNet.Runner.Configuration;

namespace CmlNet.Runner.Jobs.GitHub;

/// <summary>Makes the handler that connections go through, with the operator's own certificates where there are some.</summary>
internal static class GitHubHandlers
{
    /// <exception cref="RunnerConfigurationException">The certificates cannot be read.</exception>
    public static SocketsHttpHandler Create(string? certificateFile)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(10), AutomaticDecompression = System.Net.DecompressionMethods.All };
        if (certificateFile is null)
            return handler;
        var roots = new X509Certificate2Collection();
        try
        {
            roots.ImportFromPemFile(certificateFile);
        }
        catch (Exception exception) when (exception is System.Security.Cryptography.CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new RunnerConfigurationException($"The certificates in {certificateFile} cannot be read: {exception.Message}", exception);
        }

        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, errors) => errors == SslPolicyErrors.None || IsSignedBy(roots, certificate, errors);
        return handler;
    }

    private static bool IsSignedBy(X509Certificate2Collection roots, X509Certificate? certificate, SslPolicyErrors errors)
    {
        if (certificate is null || errors != SslPolicyErrors.RemoteCertificateChainErrors)
            return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        using var leaf = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return chain.Build(leaf);
    }
}
