using System.Runtime.CompilerServices;

namespace CmlNet.Publishing.Diagnosis;

/// <summary>Whom a token speaks for, on hosts that tell no more about it.</summary>
internal static class TokenFinding
{
    /// <param name="self">Asks the host for the name; null where it does not tell.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async IAsyncEnumerable<Finding> ReadAsync(Func<CancellationToken, Task<string?>> self, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Finding finding;
        try
        {
            finding = new Finding(FindingLevel.Ok, "token", await self(cancellationToken) is { } name ? $"speaks for {name}" : "is accepted; the host does not say whom it speaks for");
        }
        catch (PublishingException e)
        {
            finding = new Finding(FindingLevel.Failure, "token", e.Message);
        }

        yield return finding;
    }
}
