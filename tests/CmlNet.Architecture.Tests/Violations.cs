namespace CmlNet.Architecture.Tests;

/// <summary>Fails with every violation on a line of its own; xunit's own message cuts them off.</summary>
internal static class Violations
{
    public static void None(IEnumerable<string> violations)
    {
        string[] all = [.. violations];
        Assert.True(all.Length == 0, string.Join('\n', all.Prepend($"{all.Length} found:")));
    }
}
