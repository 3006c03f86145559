using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using CmlNet.Containers.Docker.Wire;

namespace CmlNet.Containers.Docker;

/// <summary>
/// The <c>X-Registry-Auth</c> header: from the credentials given, else from the <c>auths</c> of the Docker client's
/// <c>config.json</c>. Credential helpers (<c>credsStore</c>, <c>credHelpers</c>) are not asked.
/// </summary>
internal static class RegistryLogin
{
    private const string DockerHubServer = "https://index.docker.io/v1/";

    /// <summary>Null when nothing is known for the registry: the pull is anonymous then.</summary>
    public static string? Header(ImageReference image, RegistryCredentials? credentials, Func<string, string?> variable)
    {
        var server = image.Registry == "docker.io" ? DockerHubServer : image.Registry;
        if (credentials is not null)
            return Encode(new RegistryAuth { Username = credentials.Username, Password = credentials.Password, ServerAddress = server });
        var auth = FindStored(image.Registry, server, variable);
        if (auth?.IdentityToken is { Length: > 0 } token)
            return Encode(new RegistryAuth { IdentityToken = token, ServerAddress = server });
        return auth?.Auth is { Length: > 0 } encoded && Split(encoded) is var (user, password)
            ? Encode(new RegistryAuth { Username = user, Password = password, ServerAddress = server })
            : null;
    }

    /// <summary>Explains a refused pull to someone whose login is kept where we do not look; empty when it is not.</summary>
    public static string HelperHint(ImageReference image, Func<string, string?> variable)
    {
        var config = ReadConfig(variable);
        var helper = config?.CredentialHelpers?.GetValueOrDefault(image.Registry) ?? config?.CredentialStore;
        return string.IsNullOrEmpty(helper)
            ? ""
            : $" The Docker client keeps logins in the credential helper '{helper}', which is not supported yet: give the credentials in the workflow, or log in with a config.json that has 'auths' (DOCKER_CONFIG).";
    }

    private static ClientAuth? FindStored(string registry, string server, Func<string, string?> variable)
    {
        var auths = ReadConfig(variable)?.Auths;
        if (auths is null)
            return null;
        string[] keys = [server, registry, $"https://{registry}", $"https://{registry}/", $"https://{registry}/v1/", $"https://{registry}/v2/"];
        return keys.Select(k => auths.GetValueOrDefault(k)).FirstOrDefault(a => a is not null);
    }

    private static ClientConfig? ReadConfig(Func<string, string?> variable)
    {
        var folder = variable("DOCKER_CONFIG") is { Length: > 0 } set ? set
            : variable("HOME") is { Length: > 0 } home ? Path.Combine(home, ".docker")
            : null;
        var path = folder is null ? null : Path.Combine(folder, "config.json");
        if (path is null || !File.Exists(path))
            return null;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), DockerJson.Default.ClientConfig);
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            // The message of a JSON error may quote what it could not read, and that is a password file.
            throw new EngineException(EngineErrorKind.Refused, $"The Docker client's configuration {path} could not be read as JSON. Correct it, or set DOCKER_CONFIG to another folder.");
        }
    }

    private static (string User, string Password)? Split(string encoded)
    {
        try
        {
            var text = Encoding.UTF8.GetString(Convert.FromBase64String(encoded));
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            return colon < 0 ? null : (text[..colon], text[(colon + 1)..].TrimEnd('\0'));
        }
        catch (FormatException)
        {
            // An entry that is no login (some helpers leave such) counts as none.
            return null;
        }
    }

    // Padded base64url: engines of Go's URLEncoding insist on the padding.
    private static string Encode(RegistryAuth auth)
    {
        var text = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(auth, DockerJson.Default.RegistryAuth));
        return text.PadRight((text.Length + 3) / 4 * 4, '=');
    }
}
