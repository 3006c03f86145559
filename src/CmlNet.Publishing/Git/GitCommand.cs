using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using CmlNet.Publishing.Detection;
using CmlNet.Publishing.Http;
using CmlNet.Publishing.Secrets;

namespace CmlNet.Publishing.Git;

/// <summary>
/// The git program in one work tree. No child gets a token in its arguments or its configuration files; the token is in the
/// environment of those that talk to the code host only, and nothing that holds it is shown.
/// </summary>
internal sealed class GitCommand(string directory, Uri? repository, ITokenSource? tokens)
{
    private const int LongestError = 800;

    private SecretMask _mask = SecretMask.None;

    public string Directory { get; } = directory;

    /// <summary>Where set, nothing is changed.</summary>
    public Rehearsal? Rehearsal { get; init; }

    /// <summary>User name and password of a token as git sends them, with a colon between.</summary>
    public Func<string, string> CredentialsOf { get; init; } = UsualCredentials;

    /// <summary>With the name that GitHub documents; Gitea takes any.</summary>
    public static string UsualCredentials(string token) => "x-access-token:" + token;

    /// <summary>GitLab takes any name for a person's or a project's token, and this one for a job's.</summary>
    public static string GitLabCredentials(string token) => "gitlab-ci-token:" + token;

    /// <summary>Runs a command that must succeed; its output without the line end.</summary>
    /// <exception cref="PublishingException">git is missing or fails.</exception>
    public async Task<string> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken, string? input = null, GitRemote? remote = null)
    {
        GitResult result = await TryAsync(arguments, cancellationToken, input, remote);
        return result.IsSuccess
            ? result.Output.TrimEnd('\n')
            : throw new PublishingException($"git {string.Join(' ', arguments.Take(3))} failed in '{Directory}': {Shown(result.Error.Length > 0 ? result.Error : result.Output)}");
    }

    /// <summary>Runs a command that changes something, here or on a remote, and must succeed; in a rehearsal it is only told.</summary>
    /// <exception cref="PublishingException">git is missing or fails.</exception>
    public async Task ChangeAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken, string? input = null, GitRemote? remote = null)
    {
        if (Rehearsal is not null)
            Rehearsal.Command("git", arguments, input);
        else
            await RunAsync(arguments, cancellationToken, input, remote);
    }

    /// <summary>Runs a command whose failure means something.</summary>
    /// <exception cref="PublishingException">git is missing.</exception>
    public async Task<GitResult> TryAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken, string? input = null, GitRemote? remote = null)
    {
        string? token = tokens is null ? null : await tokens.GetAsync(cancellationToken);
        _mask = new SecretMask(token is null ? [] : [token, CredentialsOf(token).Split(':', 2)[^1]]);
        try
        {
            using Process process = Process.Start(StartInfo(arguments, remote, token)) ?? throw new Win32Exception();
            Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            Task<string> error = process.StandardError.ReadToEndAsync(cancellationToken);
            try
            {
                await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
                process.StandardInput.Close();
                var result = new GitResult(0, await output, await error);
                await process.WaitForExitAsync(cancellationToken);
                return result with { ExitCode = process.ExitCode };
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            throw new PublishingException($"git cannot be run in '{Directory}': {e.Message}. Install git and put it on PATH.", e);
        }
    }

    /// <summary>Where a remote leads, and whether the token belongs there.</summary>
    /// <exception cref="PublishingException">There is no such remote.</exception>
    public async Task<GitRemote> RemoteAsync(string name, CancellationToken cancellationToken)
    {
        string url = await RunAsync(["remote", "get-url", "--push", name], cancellationToken);
        bool isPath = !url.Contains(':', StringComparison.Ordinal) || url.StartsWith('/') || url.StartsWith("file:", StringComparison.Ordinal);
        if (isPath || repository is null || tokens is null)
            return new GitRemote(name, name, null);
        Uri parsed = RepositoryUrl.Parse(url, server: null);
        bool isOurs = string.Equals(parsed.Host, repository.Host, StringComparison.OrdinalIgnoreCase);
        // A clone over ssh has a host only, and the token is for https.
        var address = new Uri(repository, parsed.AbsolutePath + ".git");
        return isOurs ? new GitRemote(name, address.AbsoluteUri, address) : new GitRemote(name, name, null);
    }

    private ProcessStartInfo StartInfo(IReadOnlyList<string> arguments, GitRemote? remote, string? token)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = Directory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        IDictionary<string, string?> environment = start.Environment;
        foreach (string name in environment.Keys.Where(n => IsSecret(n, environment[n], token) || IsTrace(n)).ToList())
            environment.Remove(name);
        environment["GIT_TERMINAL_PROMPT"] = "0";
        environment["LC_ALL"] = "C";
        // In a container the work tree may belong to another user. CML edits the user's global configuration for this.
        var settings = new List<(string Key, string Value)> { ("safe.directory", "*") };
        if (remote?.Takes is { } address && token is not null)
            settings.AddRange(Authorization(address, CredentialsOf(token)));
        AddSettings(environment, settings);
        return start;
    }

    /// <summary>
    /// An empty value first drops the header that actions/checkout left in the repository's configuration: a server answers two with 400.
    /// Git takes a setting for exactly the address of a remote, which may be written without ".git".
    /// Hooks and credential helpers of the repository do not run in a process that holds the token.
    /// </summary>
    private static IEnumerable<(string Key, string Value)> Authorization(Uri address, string credentials)
    {
        string value = "Authorization: Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials));
        yield return ("core.hooksPath", "/dev/null");
        yield return ("credential.helper", "");
        foreach (string spelling in (string[])[address.AbsoluteUri, address.AbsoluteUri[..^".git".Length]])
        {
            yield return ($"http.{spelling}.extraHeader", "");
            yield return ($"http.{spelling}.extraHeader", value);
        }
    }

    /// <summary>Behind the settings that are there already.</summary>
    private static void AddSettings(IDictionary<string, string?> environment, List<(string Key, string Value)> settings)
    {
        environment.TryGetValue("GIT_CONFIG_COUNT", out string? count);
        int next = int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int present) ? present : 0;
        foreach ((string key, string value) in settings)
        {
            string index = next++.ToString(CultureInfo.InvariantCulture);
            environment["GIT_CONFIG_KEY_" + index] = key;
            environment["GIT_CONFIG_VALUE_" + index] = value;
        }

        environment["GIT_CONFIG_COUNT"] = next.ToString(CultureInfo.InvariantCulture);
    }

    private static bool IsSecret(string name, string? value, string? token) =>
        name.EndsWith("TOKEN", StringComparison.OrdinalIgnoreCase) || name.StartsWith("CML_APP_PRIVATE_KEY", StringComparison.Ordinal) || (token is not null && value?.Contains(token, StringComparison.Ordinal) == true);

    /// <summary>They write requests, headers included, to a log.</summary>
    private static bool IsTrace(string name) => name.StartsWith("GIT_TRACE", StringComparison.Ordinal) || name == "GIT_CURL_VERBOSE";

    private string Shown(string text)
    {
        string oneLine = new([.. text.Trim().Select(c => char.IsControl(c) ? ' ' : c)]);
        string masked = _mask.Apply(oneLine);
        return masked.Length > LongestError ? masked[^LongestError..] : masked;
    }
}
