using System.Security.Cryptography;
using Microsoft.Extensions.FileProviders;

namespace Heliotrope.Server.Shell;

/// <summary>Addresses of the bundled files, each with a mark of its content, so that a new build is loaded and an old one is kept.</summary>
public sealed class AssetFiles(IWebHostEnvironment host)
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, string> hrefs = new();

    /// <summary>The address of a file in wwwroot/assets.</summary>
    public string Href(string name) => hrefs.GetOrAdd(name, Marked);

    /// <summary>
    /// The worker that keeps a page for when we are away. Its address changes with the language, the look and the build,
    /// so that the page it keeps does, too.
    /// </summary>
    public string Worker => $"{Href("offline.js")}&page={Words.Language}-{Href("look.css")[^12..]}-{typeof(AssetFiles).Module.ModuleVersionId:N}";

    private string Marked(string name)
    {
        IFileInfo file = host.WebRootFileProvider.GetFileInfo("assets/" + name);
        if (!file.Exists)
            return "/assets/" + name;
        using Stream content = file.CreateReadStream();
        return $"/assets/{name}?v={Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 6))}";
    }
}
