using System.Security.Cryptography;

namespace CmlNet.Cli.Commands.Run;

/// <summary>Secrets of a local run: flags over file; GITHUB_TOKEN always exists, as on GitHub.</summary>
internal static class SecretSource
{
    public static Dictionary<string, string> Read(RunOptions options, CliHost host)
    {
        var secrets = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (options.SecretFile is { } file)
        {
            foreach ((string name, string value) in NameValues.Parse(Lines(file, host), "--secret-file", StringComparer.OrdinalIgnoreCase))
                secrets[name] = value;
        }
        foreach ((string name, string value) in NameValues.Parse(options.Secrets, "--secret", StringComparer.OrdinalIgnoreCase, name => FromEnvironment(name, host)))
            secrets[name] = value;
        if (!secrets.ContainsKey("GITHUB_TOKEN"))
            secrets["GITHUB_TOKEN"] = Token(options, host);
        return secrets;
    }

    private static IEnumerable<string> Lines(string file, CliHost host)
    {
        string path = Path.Combine(host.WorkingDirectory, file);
        try
        {
            return [.. File.ReadAllLines(path).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.Usage, $"cml run: --secret-file {file} cannot be read: {e.Message}", e);
        }
    }

    private static string FromEnvironment(string name, CliHost host) =>
        host.Environment.TryGetValue(name, out string? value)
            ? value
            : throw new CliException(ExitCodes.Usage, $"cml run: --secret {name} has no value and the environment has no variable {name}. Give --secret {name}=VALUE, or export it.");

    /// <summary>Without --publish nothing leaves the machine, so a made-up token does; it is masked like a real one.</summary>
    private static string Token(RunOptions options, CliHost host)
    {
        if (!options.Publish)
            return "cml-local-" + RandomNumberGenerator.GetHexString(32, lowercase: true);
        return host.Environment.TryGetValue("GITHUB_TOKEN", out string? token) || host.Environment.TryGetValue("GH_TOKEN", out token)
            ? token
            : throw new CliException(ExitCodes.Usage, "cml run: --publish needs a token. Set GITHUB_TOKEN, or give --secret GITHUB_TOKEN=VALUE.");
    }
}
