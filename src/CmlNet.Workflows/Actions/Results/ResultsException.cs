namespace CmlNet.Workflows.Actions.Results;

/// <summary>A call that is refused.</summary>
/// <param name="status">Of HTTP.</param>
/// <param name="code">Of Twirp.</param>
/// <param name="message">For people.</param>
internal sealed class ResultsException(int status, string code, string message) : Exception(message)
{
    public int Status => status;

    public string Code => code;
}
