namespace Heliotrope.Server.Platform;

/// <summary>The address under which people and customers reach this server: as set, or the first one really served.</summary>
internal sealed class PublicAddress(ServerSettings settings)
{
    private Uri? _served;

    public Uri Url => settings.PublicUrl ?? _served ?? settings.Urls[0];

    /// <summary>The full address of a path.</summary>
    public string For(string path) => new Uri(Url, path).ToString();

    /// <summary>Called once the server listens: only then is a port that was left to the system known.</summary>
    public void Serves(Uri url) => _served = url;
}
