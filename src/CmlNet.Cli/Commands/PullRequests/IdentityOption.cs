using CmlNet.Cli.Compatibility;
using CmlNet.Publishing.PullRequests;

namespace CmlNet.Cli.Commands.PullRequests;

/// <summary><c>--user-name</c> and <c>--user-email</c>.</summary>
internal static class IdentityOption
{
    public static GitIdentity Read(OptionValues values) => new(values.Text("user-name") ?? GitIdentity.Default.Name, values.Text("user-email") ?? GitIdentity.Default.Email);
}
