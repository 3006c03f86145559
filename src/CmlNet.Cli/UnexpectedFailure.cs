using CmlNet.Publishing.Secrets;

namespace CmlNet.Cli;

/// <summary>A bug, or a machine in a state nobody thought of: one line for people, the rest for whoever asks, and a secret in neither.</summary>
internal static class UnexpectedFailure
{
    private static readonly string[] SecretOptions = ["--token", "--driver-token", "--driverToken", "--secret"];

    public static string Describe(Exception failure, IReadOnlyList<string> args, IReadOnlyDictionary<string, string> environment)
    {
        SecretMask mask = SecretMask.For(environment, [.. Secrets(args)]);
        // A full disk, or a file that may not be touched, is nobody's bug.
        string line = failure is IOException or UnauthorizedAccessException
            ? $"cml: {failure.Message.TrimEnd('.')}. CML_DEBUG=1 shows where it happened."
            : $"cml: unexpected {failure.GetType().Name}: {failure.Message}. Please report it; CML_DEBUG=1 shows where it happened.";
        return mask.Apply(environment.GetValueOrDefault("CML_DEBUG") == "1" ? $"{line}\n{failure}" : line);
    }

    /// <summary>What was passed where everybody sees it; of <c>--secret NAME=VALUE</c> the value.</summary>
    private static IEnumerable<string> Secrets(IReadOnlyList<string> args)
    {
        for (int i = 0; i < args.Count; i++)
        {
            string[] parts = args[i].Split('=', 2);
            if (!SecretOptions.Contains(parts[0], StringComparer.Ordinal))
                continue;
            string value = parts.Length == 2 ? parts[1] : args.ElementAtOrDefault(i + 1) ?? "";
            yield return parts[0] == "--secret" ? value[(value.IndexOf('=', StringComparison.Ordinal) + 1)..] : value;
        }
    }
}
