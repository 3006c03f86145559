using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace CmlNet.Workflows.Actions.Results;

/// <summary>Uploads in progress: blobs put at once, or in blocks and a list of them, as Azure's storage takes them (Put Blob, Put Block, Put Block List).</summary>
internal sealed class BlobFolder(string folder)
{
    /// <summary>A new blob's id.</summary>
    public static string NewId() => Guid.NewGuid().ToString("N");

    /// <summary>The finished blob's file.</summary>
    public string File(string id) => Path.Combine(folder, id, "blob");

    public Task PutAsync(string id, Stream content, CancellationToken cancellationToken) => WriteAsync(File(id), content, cancellationToken);

    public Task PutBlockAsync(string id, string block, Stream content, CancellationToken cancellationToken) => WriteAsync(Block(id, block), content, cancellationToken);

    /// <summary>Puts the listed blocks together; they are gone then.</summary>
    /// <exception cref="ResultsException">What is no list, or names a block that was not put.</exception>
    public async Task CommitAsync(string id, Stream list, CancellationToken cancellationToken)
    {
        string[] blocks;
        try
        {
            XDocument document = await XDocument.LoadAsync(list, LoadOptions.None, cancellationToken);
            blocks = [.. (document.Root?.Elements() ?? []).Select(element => Block(id, element.Value))];
        }
        catch (XmlException e)
        {
            throw new ResultsException(400, "InvalidXmlDocument", e.Message);
        }
        if (!Array.TrueForAll(blocks, System.IO.File.Exists))
            throw new ResultsException(400, "InvalidBlockList", "The specified block list is invalid.");
        Directory.CreateDirectory(Path.Combine(folder, id));
        await using FileStream blob = System.IO.File.Create(File(id));
        foreach (string block in blocks)
        {
            await using (FileStream part = System.IO.File.OpenRead(block))
                await part.CopyToAsync(blob, cancellationToken);
            System.IO.File.Delete(block);
        }
    }

    public void Remove(string id)
    {
        if (Directory.Exists(Path.Combine(folder, id)))
            Directory.Delete(Path.Combine(folder, id), recursive: true);
    }

    /// <summary>The client chooses the name: it becomes no path.</summary>
    private string Block(string id, string name) => Path.Combine(folder, id, "block-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name))));

    private static async Task WriteAsync(string path, Stream content, CancellationToken cancellationToken)
    {
        // Not null: every path here has a folder.
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using FileStream file = System.IO.File.Create(path);
        await content.CopyToAsync(file, cancellationToken);
    }
}
