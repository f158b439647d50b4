using Heliotrope.Core.Customers;
using Heliotrope.Server.Channels;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Settings;

namespace Heliotrope.Server.MailServices;

/// <summary>Takes the mails of a post, and says so only once all of them are on the disk.</summary>
internal sealed class TakePost(
    ServiceKinds kinds, ServiceKeys keys, CountPosts count, Intake intake, Current<Organisation> current, PublicAddress address, TimeProvider time, ILogger<TakePost> log) : IDisposable
{
    /// <summary>Base64 grows by a third, and there is something around it.</summary>
    private const int MostBytes = MailLimit.Bytes / 3 * 4 + 4 * 1024 * 1024;

    /// <summary>Longer bodies wait for one another, or a few at once would fill the memory.</summary>
    private const int Long = 4 * 1024 * 1024;

    private readonly SemaphoreSlim _long = new(4);

    /// <summary>The most bytes of a body of this kind.</summary>
    public static int LimitOf(MailServiceKind kind) => kind is MailServiceKind.Raw ? MailLimit.Bytes : MostBytes;

    /// <summary>Null when all that was posted is stored; otherwise why not.</summary>
    public async Task<PostRefusal?> From(KnownService service, HttpRequest request, CancellationToken cancel)
    {
        PostRefusal? refusal;
        if (request.ContentLength is null or > Long)
        {
            await _long.WaitAsync(cancel);
            try
            {
                refusal = await Take(service, request, cancel);
            }
            finally
            {
                _long.Release();
            }
        }
        else
        {
            refusal = await Take(service, request, cancel);
        }

        if (refusal is not null)
        {
            await count.Refused(service.Id, refusal.Code);
        }

        return refusal;
    }

    public void Dispose() => _long.Dispose();

    private async Task<PostRefusal?> Take(KnownService service, HttpRequest request, CancellationToken cancel)
    {
        try
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, cancel);
            var post = new ServicePost(
                service.Id, request.ContentType ?? "", body.ToArray(), request.Headers, address.For(request.Path + request.QueryString), keys.Reveal(service.Secret), time.Now());
            var kind = kinds[service.Kind];
            var reading = await kind.Read(post, cancel);
            return reading.Refusal is { } refusal
                ? refusal.IsUnproved ? refusal with { Status = kind.Unproved } : refusal
                : await Store(service, kind, reading.Mails, cancel);
        }
        catch (BadHttpRequestException e)
        {
            return e.StatusCode switch
            {
                StatusCodes.Status413PayloadTooLarge => PostRefusal.TooLarge,
                StatusCodes.Status408RequestTimeout => PostRefusal.Failed, // the network's fault, and not the mail's
                _ => PostRefusal.Unreadable,
            };
        }
        catch (Exception e) when (e is not OutOfMemoryException && !cancel.IsCancellationRequested) // the outermost loop of a post: logged, and the service is asked to try again
        {
            log.LogError(e, "A post of mail service {Service} could not be taken; it is asked to try again", service.Id);
            return PostRefusal.Failed;
        }
    }

    /// <summary>What can be stored is, whatever becomes of the rest: a service posts all of it again, and the same mail is stored once.</summary>
    private async Task<PostRefusal?> Store(KnownService service, IServiceKind kind, IReadOnlyList<PostedMail> mails, CancellationToken cancel)
    {
        var organisation = await current.Get();
        PostRefusal? refusal = null;
        var taken = 0;
        try
        {
            foreach (var mail in mails)
            {
                if (Unfit(mail) is { } unfit)
                {
                    refusal ??= unfit;
                }
                else if (For(organisation, mail) is not { } to)
                {
                    refusal ??= PostRefusal.UnknownRecipient(kind.UnknownRecipient);
                }
                else
                {
                    await intake.Accept(new(mail.Raw, mail.From, to, "http"), cancel);
                    taken++;
                }
            }
        }
        finally
        {
            if (taken > 0)
            {
                await count.Taken(service.Id, taken);
            }
        }

        return refusal;
    }

    private static PostRefusal? Unfit(PostedMail mail) => mail.Raw.Length switch
    {
        0 => PostRefusal.NoMail,
        > MailLimit.Bytes => PostRefusal.TooLarge,
        _ => null,
    };

    /// <summary>The recipients that are ours; none where the service names none; null where it names only others.</summary>
    private static List<string>? For(Organisation organisation, PostedMail mail)
    {
        var ours = mail.To.Where(to => EmailAddress.TryParse(to.Trim().Trim('<', '>'), out var recipient) && organisation.Accepts(recipient)).Select(to => to.Trim().Trim('<', '>')).ToList();
        return mail.To.Count > 0 && ours.Count == 0 ? null : ours;
    }
}
