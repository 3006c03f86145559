using System.Text;
using CmlNet.Publishing.Detection;
using CmlNet.Publishing.Git;
using Microsoft.Extensions.Logging;

namespace CmlNet.Publishing.PullRequests;

/// <summary>Makes a CI system's clone ready for commits and pushes.</summary>
/// <remarks>
/// CML writes the token into the remote's address, where every later step and every archive of the workspace finds it. Here
/// a credential helper is written instead, which takes the token from the variable it came from when git asks for it.
/// </remarks>
public sealed class RepositoryPreparer
{
    private static readonly string[] TokenVariables = ["CML_TOKEN", "CML_DRIVER_TOKEN", "CML_REPO_TOKEN", "CML_CI_TOKEN", "REPO_TOKEN", "repo_token", "GITHUB_TOKEN", "GITLAB_TOKEN", "BITBUCKET_TOKEN", "GITEA_TOKEN", "FORGEJO_TOKEN", "CI_JOB_TOKEN"];

    private readonly PublishingContext _context;
    private readonly GitCommand _git;
    private readonly ILogger _logger;

    internal RepositoryPreparer(PublishingContext context, GitCommand git, ILogger logger)
    {
        _context = context;
        _git = git;
        _logger = logger;
    }

    /// <summary>Sets who commits and how pushes are authorised, and fetches.</summary>
    /// <param name="identity">Who commits, in this clone.</param>
    /// <param name="fetchDepth">Commits to fetch of each branch; 0 for all of them; <see langword="null"/> to fetch nothing.</param>
    /// <param name="environment">Searched for the variable that holds the token.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="PublishingException">git failed.</exception>
    public async Task PrepareAsync(GitIdentity identity, int? fetchDepth, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(identity);
        ArgumentNullException.ThrowIfNull(environment);
        await SetIdentityAsync(identity, cancellationToken);
        GitRemote remote = await _git.RemoteAsync("origin", cancellationToken);
        if (remote.Takes is { } address)
            await SetHelperAsync(address, environment, cancellationToken);
        if (fetchDepth is not { } depth)
            return;
        bool isShallow = await _git.RunAsync(["rev-parse", "--is-shallow-repository"], cancellationToken) == "true";
        if (depth == 0 && !isShallow)
            return;
        string much = depth == 0 ? "--unshallow" : FormattableString.Invariant($"--depth={depth}");
        await _git.ChangeAsync(["fetch", "--all", "--tags", much], cancellationToken, remote: remote);
    }

    internal async Task SetIdentityAsync(GitIdentity identity, CancellationToken cancellationToken)
    {
        await _git.ChangeAsync(["config", "user.name", identity.Name], cancellationToken);
        await _git.ChangeAsync(["config", "user.email", identity.Email], cancellationToken);
    }

    private async Task SetHelperAsync(Uri address, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        // An App's token lives an hour, and is in no variable.
        if (_context.Token is not { } token || TokenVariables.FirstOrDefault(name => environment.GetValueOrDefault(name)?.Trim() == token) is not { } variable)
        {
            Log.TokenNotKept(_logger);
            return;
        }

        string server = address.GetLeftPart(UriPartial.Authority);
        string header = $"http.{server}/.extraheader";
        string own = Convert.ToBase64String(Encoding.UTF8.GetBytes(_git.CredentialsOf(token)));
        string present = (await _git.TryAsync(["config", "--local", "--get-all", header], cancellationToken)).Output;
        // The checkout action's header goes before any helper. With the same token in it there is nothing to do.
        if (present.Contains(own, StringComparison.Ordinal))
            return;
        if (present.Length > 0)
            await _git.ChangeAsync(["config", "--local", "--unset-all", header], cancellationToken);
        string helper = $"!f() {{ test \"$1\" = get && {PrintCommand(token, variable)}; }}; f";
        await _git.ChangeAsync(["config", "--local", "--replace-all", $"credential.{server}.helper", helper], cancellationToken);
    }

    /// <summary>The shell command that prints user name and password from the variable; the variable may hold both, as CML has it for Bitbucket.</summary>
    private string PrintCommand(string token, string variable)
    {
        string pair = _git.CredentialsOf(token);
        if (pair.EndsWith(":" + token, StringComparison.Ordinal))
            return $"printf 'username={pair[..^(token.Length + 1)]}\\npassword=%s\\n' \"${variable}\"";
        string read = pair == token ? $"p=\"${variable}\"" : $"p=$(printf %s \"${variable}\" | base64 -d)";
        return $"{read} && printf 'username=%s\\npassword=%s\\n' \"${{p%%:*}}\" \"${{p#*:}}\"";
    }
}
