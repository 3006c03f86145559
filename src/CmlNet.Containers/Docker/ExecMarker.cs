using System.Security.Cryptography;

namespace CmlNet.Containers.Docker;

/// <summary>A variable no other command has, by which a command and all its descendants are recognised.</summary>
internal sealed record ExecMarker(string Entry)
{
    public const string Variable = "CMLNET_EXEC";

    public static ExecMarker Create() => new($"{Variable}={RandomNumberGenerator.GetHexString(16, lowercase: true)}");
}
