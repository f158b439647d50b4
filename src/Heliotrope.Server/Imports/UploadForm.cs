using Heliotrope.Core.Imports;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Heliotrope.Server.Imports;

/// <summary>
/// The form that brings files, read as it comes: its token first, then the files one after the other. Nothing of them is held in memory,
/// and nothing is written for somebody who sent no token.
/// </summary>
internal sealed class UploadForm
{
    /// <summary>Fields are a token and a choice.</summary>
    private const int LongestField = 16 * 1024;

    private readonly MultipartReader _reader;
    private MultipartSection? _section;

    private UploadForm(MultipartReader reader) => _reader = reader;

    public ImportSource? Source { get; private set; }

    /// <summary>Reads what stands before the files; null when it is no form of ours.</summary>
    public static async Task<UploadForm?> Begin(HttpContext http, IAntiforgery forgery)
    {
        http.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = ImportFiles.LargestUpload;
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) || type.MediaType != "multipart/form-data" || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 } boundary)
        {
            return null;
        }

        var form = new UploadForm(new MultipartReader(boundary, http.Request.Body));
        try
        {
            while ((form._section = await form._reader.ReadNextSectionAsync(http.RequestAborted)) is { } section && section.GetContentDispositionHeader() is { } named && !named.IsFileDisposition())
            {
                var value = await Value(section, http.RequestAborted);
                switch (HeaderUtilities.RemoveQuotes(named.Name).Value)
                {
                    case "__RequestVerificationToken":
                        http.Request.Headers["RequestVerificationToken"] = value;
                        break;
                    case "source":
                        form.Source = Enum.TryParse<ImportSource>(value, out var source) && Enum.IsDefined(source) ? source : null;
                        break;
                }
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            return null; // it ends in the midst of itself
        }

        return await forgery.IsRequestValidAsync(http) ? form : null;
    }

    /// <summary>The files, each to be read before the next.</summary>
    public async IAsyncEnumerable<(string Name, Stream Content)> Files()
    {
        for (; _section is { } section; _section = await _reader.ReadNextSectionAsync())
        {
            if (section.GetContentDispositionHeader() is { } named && named.IsFileDisposition() && FileName(named) is { Length: > 0 } name)
            {
                yield return (name, section.Body);
            }
        }
    }

    private static string FileName(ContentDispositionHeaderValue named) =>
        HeaderUtilities.RemoveQuotes(named.FileNameStar.HasValue ? named.FileNameStar : named.FileName).Value ?? "";

    private static async Task<string> Value(MultipartSection section, CancellationToken cancel)
    {
        using var text = new StreamReader(section.Body);
        var buffer = new char[LongestField];
        return new string(buffer, 0, await text.ReadBlockAsync(buffer, cancel));
    }
}
