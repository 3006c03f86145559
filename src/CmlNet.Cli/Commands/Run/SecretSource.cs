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
            foreach ((string name, string value) in Pairs(file, host))
                secrets[name] = value;
        }
        foreach ((string name, string value) in NameValues.Parse(options.Secrets, "--secret", StringComparer.OrdinalIgnoreCase, name => FromEnvironment(name, host)))
            secrets[name] = value;
        if (!secrets.ContainsKey("GITHUB_TOKEN"))
            secrets["GITHUB_TOKEN"] = Token(options, host);
        return secrets;
    }

    /// <summary>What is wrong with a line is said without its text: it may be part of a secret.</summary>
    private static IEnumerable<(string Name, string Value)> Pairs(string file, CliHost host)
    {
        foreach ((int index, string text) in Lines(file, host).Index())
        {
            string line = text.Trim();
            if (line.Length == 0 || line[0] == '#')
                continue;
            int at = line.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0 || line[..at].Any(c => !char.IsAsciiLetterOrDigit(c) && c != '_'))
                throw new CliException(ExitCodes.Usage, $"cml run: --secret-file {file}, line {index + 1}: expected NAME=VALUE, with a name of letters, digits and _ and a value on the same line. A value of several lines goes into an environment variable, named by --secret NAME.");
            yield return (line[..at], line[(at + 1)..]);
        }
    }

    private static string[] Lines(string file, CliHost host)
    {
        try
        {
            return File.ReadAllLines(Path.Combine(host.WorkingDirectory, file));
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
