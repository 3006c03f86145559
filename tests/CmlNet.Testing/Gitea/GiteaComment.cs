namespace CmlNet.Testing.Gitea;

/// <summary>A comment on an issue or a pull request, with what is attached to it.</summary>
public sealed class GiteaComment
{
    public required long Id { get; init; }

    public required int Issue { get; init; }

    public required string Author { get; init; }

    public required string Body { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public List<(long Id, string Name, byte[] Content)> Attachments { get; } = [];
}
