using System.Text;

namespace CmlNet.Publishing.Http;

/// <summary>One file as the body of a form (RFC 7578).</summary>
internal static class MultipartFile
{
    /// <summary>Drawn once for this process: it must not be in the file, and whoever writes the file does not know it.</summary>
    private static readonly string Boundary = "cml-" + Guid.NewGuid().ToString("N");

    public static string ContentType { get; } = "multipart/form-data; boundary=" + Boundary;

    /// <param name="field">Name of the form's field.</param>
    /// <param name="fileName">The file's name; what cannot stand in a header is replaced.</param>
    /// <param name="mediaType">The file's type.</param>
    /// <param name="content">The file's bytes.</param>
    public static ReadOnlyMemory<byte> Write(string field, string fileName, string mediaType, ReadOnlyMemory<byte> content)
    {
        byte[] head = Encoding.UTF8.GetBytes($"--{Boundary}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{Quotable(fileName)}\"\r\nContent-Type: {Quotable(mediaType)}\r\n\r\n");
        byte[] tail = Encoding.UTF8.GetBytes($"\r\n--{Boundary}--\r\n");
        byte[] body = new byte[head.Length + content.Length + tail.Length];
        head.CopyTo(body, 0);
        content.CopyTo(body.AsMemory(head.Length));
        tail.CopyTo(body, head.Length + content.Length);
        return body;
    }

    private static string Quotable(string text) => new([.. text.Select(c => c is '"' or '\\' || char.IsControl(c) ? '_' : c)]);
}
