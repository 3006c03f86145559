namespace CmlNet.Publishing.PullRequests;

/// <summary>Who commits.</summary>
/// <param name="Name">git's <c>user.name</c>.</param>
/// <param name="Email">git's <c>user.email</c>.</param>
public sealed record GitIdentity(string Name, string Email)
{
    /// <summary>CML's: <c>Olivaw[bot] &lt;olivaw@iterative.ai&gt;</c>.</summary>
    public static GitIdentity Default { get; } = new("Olivaw[bot]", "olivaw@iterative.ai");
}
