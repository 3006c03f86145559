using System.Text.RegularExpressions;

namespace CmlNet.Workflows.Actions.Remote;

/// <summary><c>owner/repo[/path]@ref</c>. All parts become folder names, so only harmless ones are taken.</summary>
internal sealed partial record RemoteReference(string Repository, string Path, string Ref)
{
    /// <summary>Null for anything else.</summary>
    public static RemoteReference? Parse(string uses)
    {
        Match match = Form().Match(uses);
        if (!match.Success || uses.Split('/', '@').Any(part => part is "." or ".." or ""))
            return null;
        return new RemoteReference(match.Groups["repository"].Value, match.Groups["path"].Value.Trim('/'), match.Groups["ref"].Value);
    }

    /// <summary>The ref is a whole commit id.</summary>
    public bool IsCommit => Commit().IsMatch(Ref);

    public override string ToString() => $"{Repository}@{Ref}";

    [GeneratedRegex(@"^(?<repository>[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9._][A-Za-z0-9._-]*)(?<path>(/[A-Za-z0-9._][A-Za-z0-9._ +-]*)*)@(?<ref>[A-Za-z0-9._][A-Za-z0-9._/+-]*)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();

    [GeneratedRegex("^[0-9a-f]{40}$", RegexOptions.NonBacktracking)]
    private static partial Regex Commit();
}
