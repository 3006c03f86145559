using System.Runtime.InteropServices;

namespace CmlNet.Publishing.Http;

/// <summary>On Linux the runtime ends the process when HTTPS is used and no OpenSSL is installed; this asks first.</summary>
internal static class OpenSsl
{
    /// <summary>The names the runtime itself tries, newest first.</summary>
    internal static readonly string[] LibraryNames = ["libssl.so.4", "libssl.so.3", "libssl.so.1.1", "libssl.so.1.0.2", "libssl.so.1.0.0", "libssl.so.10"];

    /// <summary>Whether .NET's own cryptography can be used.</summary>
    public static bool IsInstalled => !OperatingSystem.IsLinux() || IsThere(LibraryNames);

    /// <exception cref="PublishingException">The address is HTTPS and OpenSSL is missing.</exception>
    public static void Require(Uri address) => Require(address, LibraryNames);

    internal static void Require(Uri address, IReadOnlyList<string> names)
    {
        if (address.Scheme != Uri.UriSchemeHttps || !OperatingSystem.IsLinux() || IsThere(names))
            return;

        throw new PublishingException(
            $"{address.GetLeftPart(UriPartial.Authority)} needs HTTPS, and OpenSSL (libssl) is not installed here. " +
            "Install it in the image: 'apt-get install -y libssl3 ca-certificates' (Debian, Ubuntu), 'apk add openssl ca-certificates' (Alpine), 'dnf install -y openssl-libs' (Fedora).");
    }

    private static bool IsThere(IReadOnlyList<string> names) => names.Any(name => NativeLibrary.TryLoad(name, out _));
}
