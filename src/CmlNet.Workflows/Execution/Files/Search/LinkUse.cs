namespace CmlNet.Workflows.Execution.Files.Search;

/// <summary>What a search does with a link that it meets. Links on the way to where it starts are followed in any case.</summary>
internal enum LinkUse
{
    /// <summary>The link itself is found.</summary>
    Name,

    /// <summary>A link to a file is found, with what it leads to; one to a folder is not entered.</summary>
    Files,

    /// <summary>As <see cref="Files"/>, and links to folders are entered.</summary>
    FilesAndFolders,
}
