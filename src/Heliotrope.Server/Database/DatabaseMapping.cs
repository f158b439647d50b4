using Heliotrope.Core.Conversations;
using Heliotrope.Core.Customers;
using Heliotrope.Core.Promises;
using Heliotrope.Core.Reading;
using Heliotrope.Server.Brands;
using Heliotrope.Server.Channels;
using Heliotrope.Server.Coach;
using Heliotrope.Server.Confidence;
using Heliotrope.Server.Drafts;
using Heliotrope.Server.Help;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.People;
using Heliotrope.Server.Platform;
using Heliotrope.Server.Reading;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Spam;
using Heliotrope.Server.Tags;
using Heliotrope.Server.Teams;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Heliotrope.Server.Database;

internal sealed class ConversationMapping : IEntityTypeConfiguration<Conversation>
{
    public void Configure(EntityTypeBuilder<Conversation> builder)
    {
        builder.ToTable("Conversations").HasKey(c => c.Number);
        builder.Property(c => c.Version).IsConcurrencyToken();
        builder.Property(c => c.Attention).HasConversion<int>(); // sorted by: the lower comes first
        builder.Ignore(c => c.Clock).Ignore(c => c.Answers).Ignore(c => c.IsResolved);
        builder.HasOne(c => c.Customer).WithMany().HasForeignKey(c => c.CustomerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<User>().WithMany().HasForeignKey(c => c.AssigneeId).OnDelete(DeleteBehavior.SetNull);
        builder.HasIndex(c => new { c.AssigneeId, c.IsSpam, c.State }).HasFilter("assignee_id IS NOT NULL"); // with the many that nobody has it would look of no use
        builder.HasMany(c => c.Entries).WithOne().HasForeignKey(e => e.ConversationNumber).OnDelete(DeleteBehavior.Cascade);
        builder.Property(c => c.IsSpam).HasDefaultValue(false);
        builder.Property(c => c.Demo).HasDefaultValue(false);
        builder.Property(c => c.NextAnswersOnTime).HasDefaultValue(0);
        builder.Property(c => c.NextAnswersLate).HasDefaultValue(0);
        builder.HasOne<Team>().WithMany().HasForeignKey(c => c.TeamId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<Driver>().WithMany().HasForeignKey(c => c.DriverId).OnDelete(DeleteBehavior.SetNull);
        builder.HasIndex(c => new { c.IsSpam, c.State, c.Attention, c.AnswerDueAt, c.Number });
        builder.HasIndex(c => new { c.IsSpam, c.State, c.LastActivityAt, c.Number });
        builder.HasIndex(c => new { c.IsSpam, c.LastActivityAt, c.Number });
        builder.HasIndex(c => c.SnoozedUntil);
        builder.HasOne<Conversation>().WithMany().HasForeignKey(c => c.FollowsNumber).OnDelete(DeleteBehavior.SetNull);
        builder.HasIndex(c => new { c.IsSpam, c.AnswerDueAt });
        builder.HasIndex(c => new { c.CustomerId, c.IsSpam, c.LastActivityAt });

        // All that figures are counted from, so that they are read from the index alone.
        builder.HasIndex(
            c => new { c.IsSpam, c.HappinessStartedAt, c.HappinessEndedAt, c.HappinessEnd, c.TeamId, c.DriverId, c.Channel, c.FirstAnswerOnTime, c.NextAnswersOnTime, c.NextAnswersLate, c.Number },
            "ix_conversations_figures");
        builder.HasIndex(c => new { c.HappinessEnd, c.LastAnswerAt });
    }
}

internal sealed class EntryMapping : IEntityTypeConfiguration<Entry>
{
    public void Configure(EntityTypeBuilder<Entry> builder)
    {
        builder.ToTable("Entries");
        builder.Property(e => e.Cc).HasDefaultValue("");
        builder.Property(e => e.Bcc).HasDefaultValue("");
        builder.Property(e => e.ForwardedTo).HasDefaultValue("");
        builder.HasMany(e => e.Attachments).WithOne().HasForeignKey(a => a.EntryId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<RawMail>().WithMany().HasForeignKey(e => e.RawMailId).OnDelete(DeleteBehavior.SetNull);
        builder.HasIndex(e => new { e.ConversationNumber, e.Id });
        builder.HasIndex(e => e.MessageId);
        builder.Property(e => e.NoAutomaticAnswer).HasDefaultValue(false);
        builder.Property(e => e.Proof).HasDefaultValue(SenderProved.Unknown);
        builder.Property(e => e.ProofDetail).HasDefaultValue("");
        builder.HasIndex(e => e.ThreadIndex).HasFilter("thread_index IS NOT NULL");
    }
}

internal sealed class AttachmentMapping : IEntityTypeConfiguration<Attachment>
{
    public void Configure(EntityTypeBuilder<Attachment> builder) => builder.ToTable("Attachments");
}

internal sealed class CustomerMapping : IEntityTypeConfiguration<Customer>
{
    public void Configure(EntityTypeBuilder<Customer> builder)
    {
        builder.ToTable("Customers");
        builder.Property(c => c.Demo).HasDefaultValue(false);
        builder.HasMany(c => c.Addresses).WithOne().HasForeignKey(a => a.CustomerId).OnDelete(DeleteBehavior.Cascade);
        builder.HasMany(c => c.Phones).WithOne().HasForeignKey(p => p.CustomerId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<CustomerOrganisation>().WithMany().HasForeignKey(c => c.OrganisationId).OnDelete(DeleteBehavior.SetNull);
        builder.Ignore(c => c.HasName);
        builder.Property(c => c.NameKey).HasDefaultValue("");
        builder.Property(c => c.LanguageSet).HasDefaultValue(false);
        builder.Property(c => c.ZoneIsGuess).HasDefaultValue(false);
        builder.Property(c => c.OrganisationSet).HasDefaultValue(false);
        builder.Property(c => c.Notes).HasDefaultValue("");
        builder.Property(c => c.Version).HasDefaultValue(0).IsConcurrencyToken();
        builder.HasIndex(c => new { c.NameKey, c.Id });
    }
}

internal sealed class CustomerAddressMapping : IEntityTypeConfiguration<CustomerAddress>
{
    public void Configure(EntityTypeBuilder<CustomerAddress> builder)
    {
        builder.ToTable("CustomerAddresses");
        builder.HasIndex(a => a.Address).IsUnique();
    }
}

internal sealed class RawMailMapping : IEntityTypeConfiguration<RawMail>
{
    public void Configure(EntityTypeBuilder<RawMail> builder)
    {
        builder.ToTable("RawMail");
        builder.HasIndex(m => new { m.MessageId, m.ContentHash }).IsUnique();
        builder.HasIndex(m => new { m.MailboxId, m.ReceivedAt }).HasFilter("mailbox_id IS NOT NULL");
    }
}

internal sealed class MissingMailMapping : IEntityTypeConfiguration<MissingMail>
{
    public void Configure(EntityTypeBuilder<MissingMail> builder)
    {
        builder.ToTable("MissingMails").HasKey(m => new { m.MessageId, m.ConversationNumber });
        builder.HasOne<Conversation>().WithMany().HasForeignKey(m => m.ConversationNumber).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class QuarantineMapping : IEntityTypeConfiguration<QuarantinedMail>
{
    public void Configure(EntityTypeBuilder<QuarantinedMail> builder)
    {
        builder.ToTable("Quarantine");
        builder.HasOne<RawMail>().WithMany().HasForeignKey(q => q.RawMailId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class OutboxMapping : IEntityTypeConfiguration<OutboxMail>
{
    public void Configure(EntityTypeBuilder<OutboxMail> builder)
    {
        builder.ToTable("Outbox");
        builder.HasOne<Conversation>().WithMany().HasForeignKey(o => o.ConversationNumber).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Entry>().WithMany().HasForeignKey(o => o.EntryId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<User>().WithMany().HasForeignKey(o => o.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<OutboxMail>().WithMany().HasForeignKey(o => o.AfterId).OnDelete(DeleteBehavior.SetNull);
        builder.HasIndex(o => new { o.State, o.NextTryAt });
        builder.HasOne(o => o.Bytes).WithMany().HasForeignKey(o => o.BytesId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(o => new { o.MessageId, o.EnvelopeTo }).IsUnique();
        builder.HasOne<Mailboxes.Mailbox>().WithMany().HasForeignKey(o => o.MailboxId).OnDelete(DeleteBehavior.SetNull);
        builder.HasIndex(o => new { o.MailboxId, o.State, o.SentAt });
    }
}

internal sealed class OutboxBytesMapping : IEntityTypeConfiguration<OutboxBytes>
{
    public void Configure(EntityTypeBuilder<OutboxBytes> builder) => builder.ToTable("OutboxBytes");
}

internal sealed class DraftMapping : IEntityTypeConfiguration<Draft>, IEntityTypeConfiguration<Upload>
{
    public void Configure(EntityTypeBuilder<Draft> builder)
    {
        builder.ToTable("Drafts");
        builder.Property(d => d.Version).IsConcurrencyToken();
        builder.HasOne<Conversation>().WithMany().HasForeignKey(d => d.ConversationNumber).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<User>().WithMany().HasForeignKey(d => d.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<ApiKey>().WithMany().HasForeignKey(d => d.ApiKeyId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(d => new { d.ConversationNumber, d.UserId, d.Kind }).IsUnique().HasFilter("NOT apart");
        builder.HasIndex(d => d.ConversationNumber);
        builder.Property(d => d.Apart).HasDefaultValue(false);
        builder.Property(d => d.Knows).HasDefaultValue("");
        builder.Property(d => d.Quotes).HasDefaultValue("");
        builder.Property(d => d.Files).HasDefaultValue("");
        builder.Property(d => d.Macros).HasDefaultValue("");
        builder.Property(d => d.Plays).HasDefaultValue("");
        builder.Property(d => d.Offered).HasDefaultValue("");
        builder.Property(d => d.OurAddress).HasDefaultValue("");
        builder.Property(d => d.Answered).HasDefaultValue("");
        builder.Property(d => d.Promises).HasDefaultValue("");
        builder.HasOne<Promise>().WithMany().HasForeignKey(d => d.TellsPromiseId).OnDelete(DeleteBehavior.SetNull);
        builder.Property(d => d.Remarks).HasDefaultValue("");
        builder.HasIndex(d => d.SendAt);
    }

    public void Configure(EntityTypeBuilder<Upload> builder)
    {
        builder.ToTable("Uploads");
        builder.HasOne<Draft>().WithMany().HasForeignKey(u => u.DraftId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class TagMapping : IEntityTypeConfiguration<Tag>, IEntityTypeConfiguration<ConversationTag>
{
    public void Configure(EntityTypeBuilder<Tag> builder)
    {
        builder.ToTable("Tags");
        builder.HasIndex(t => t.Name).IsUnique();
    }

    public void Configure(EntityTypeBuilder<ConversationTag> builder)
    {
        builder.ToTable("ConversationTags").HasKey(t => new { t.ConversationNumber, t.TagId });
        builder.HasOne<Conversation>().WithMany().HasForeignKey(t => t.ConversationNumber).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Tag>().WithMany().HasForeignKey(t => t.TagId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ConfidenceCheckMapping : IEntityTypeConfiguration<ConfidenceCheck>
{
    public void Configure(EntityTypeBuilder<ConfidenceCheck> builder)
    {
        builder.ToTable("ConfidenceChecks");
        builder.Ignore(c => c.Answers);
        builder.HasOne<Conversation>().WithMany().HasForeignKey(c => c.ConversationNumber).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(c => c.TokenHash).IsUnique();
    }
}

internal sealed class ReadingMapping : IEntityTypeConfiguration<ConversationReading>, IEntityTypeConfiguration<Lesson>
{
    public void Configure(EntityTypeBuilder<ConversationReading> builder)
    {
        builder.ToTable("Readings").HasKey(r => r.ConversationNumber);
        builder.Property(r => r.ConversationNumber).ValueGeneratedNever();
        builder.Ignore(r => r.Told).Ignore(r => r.PutRight);
        builder.HasOne<Conversation>().WithOne().HasForeignKey<ConversationReading>(r => r.ConversationNumber).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Driver>().WithMany().HasForeignKey(r => r.DriverId).OnDelete(DeleteBehavior.SetNull);
    }

    public void Configure(EntityTypeBuilder<Lesson> builder)
    {
        builder.ToTable("Lessons");
        builder.HasOne<Conversation>().WithMany().HasForeignKey(l => l.ConversationNumber).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<User>().WithMany().HasForeignKey(l => l.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class PromiseMapping : IEntityTypeConfiguration<Promise>
{
    public void Configure(EntityTypeBuilder<Promise> builder)
    {
        builder.ToTable("Promises");
        builder.Property(p => p.Version).IsConcurrencyToken();
        builder.HasOne<Conversation>().WithMany().HasForeignKey(p => p.ConversationNumber).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Customer>().WithMany().HasForeignKey(p => p.CustomerId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Entry>().WithMany().HasForeignKey(p => p.EntryId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<User>().WithMany().HasForeignKey(p => p.OwnerId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Promise>().WithMany().HasForeignKey(p => p.FollowsId).OnDelete(DeleteBehavior.SetNull);
        builder.HasIndex(p => new { p.State, p.DueAt });
        builder.HasIndex(p => new { p.OwnerId, p.State, p.DueAt });
        builder.HasIndex(p => new { p.Deed, p.MadeAt });
    }
}

internal sealed class CoachMapping : IEntityTypeConfiguration<CoachSilence>, IEntityTypeConfiguration<CoachRemark>
{
    public void Configure(EntityTypeBuilder<CoachSilence> builder)
    {
        builder.ToTable("CoachSilences");
        builder.HasOne<User>().WithMany().HasForeignKey(s => s.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Driver>().WithMany().HasForeignKey(s => s.DriverId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<CoachRemark> builder)
    {
        builder.ToTable("CoachRemarks");
        builder.HasOne<Conversation>().WithMany().HasForeignKey(r => r.ConversationNumber).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Entry>().WithMany().HasForeignKey(r => r.EntryId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<User>().WithMany().HasForeignKey(r => r.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(r => r.At);
    }
}

internal sealed class SettingMapping : IEntityTypeConfiguration<Setting>
{
    public void Configure(EntityTypeBuilder<Setting> builder) => builder.ToTable("Settings").HasKey(s => s.Key);
}

internal sealed class OurAddressMapping : IEntityTypeConfiguration<OurAddress>
{
    public void Configure(EntityTypeBuilder<OurAddress> builder)
    {
        builder.ToTable("OurAddresses");
        builder.HasIndex(a => a.Address).IsUnique();
        builder.Property(a => a.Demo).HasDefaultValue(false);
        builder.HasOne<Team>().WithMany().HasForeignKey(a => a.TeamId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<Brand>().WithMany().HasForeignKey(a => a.BrandId).OnDelete(DeleteBehavior.SetNull);
    }
}

internal sealed class TeamMapping : IEntityTypeConfiguration<Team>, IEntityTypeConfiguration<TeamMember>, IEntityTypeConfiguration<DriverTarget>, IEntityTypeConfiguration<Driver>
{
    public void Configure(EntityTypeBuilder<Team> builder)
    {
        builder.ToTable("Teams");
        builder.Property(t => t.Private).HasDefaultValue(false);
        builder.Property(t => t.Assigns).HasDefaultValue(false);
        builder.HasIndex(t => t.Name).IsUnique();
    }

    public void Configure(EntityTypeBuilder<TeamMember> builder)
    {
        builder.ToTable("TeamMembers").HasKey(m => new { m.TeamId, m.UserId });
        builder.HasOne<Team>().WithMany().HasForeignKey(m => m.TeamId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<User>().WithMany().HasForeignKey(m => m.UserId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<DriverTarget> builder)
    {
        builder.ToTable("DriverTargets");
        builder.HasOne<Team>().WithMany().HasForeignKey(t => t.TeamId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Driver>().WithMany().HasForeignKey(t => t.DriverId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(t => new { t.TeamId, t.DriverId }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<Driver> builder)
    {
        builder.ToTable("Drivers");
        builder.HasIndex(d => d.Name).IsUnique();
    }
}

internal sealed class BlockedSenderMapping : IEntityTypeConfiguration<BlockedSender>
{
    public void Configure(EntityTypeBuilder<BlockedSender> builder)
    {
        builder.ToTable("BlockedSenders");
        builder.HasIndex(b => b.Address).IsUnique();
    }
}

internal sealed class ArticleMapping : IEntityTypeConfiguration<Article>
{
    public void Configure(EntityTypeBuilder<Article> builder) => builder.ToTable("Articles");
}

internal sealed class PlatformMapping : IEntityTypeConfiguration<ApiKey>, IEntityTypeConfiguration<AuditLine>, IEntityTypeConfiguration<ProtectionKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.ToTable("ApiKeys");
        builder.HasIndex(k => k.Hash).IsUnique();
    }

    public void Configure(EntityTypeBuilder<AuditLine> builder) => builder.ToTable("Audit");

    public void Configure(EntityTypeBuilder<ProtectionKey> builder) => builder.ToTable("ProtectionKeys");
}

internal sealed class IdentityMapping : IEntityTypeConfiguration<User>, IEntityTypeConfiguration<IdentityUserToken<long>>, IEntityTypeConfiguration<IdentityUserLogin<long>>
{
    // Long enough for any provider, short enough for any index.
    private const int Longest = 128;

    public void Configure(EntityTypeBuilder<User> builder)
    {
        builder.Property(u => u.CreatedAt).IsRequired();
        builder.Property(u => u.Demo).HasDefaultValue(false);
        builder.Property(u => u.Languages).HasDefaultValue("");
        builder.Property(u => u.Room).HasDefaultValue(User.UsualRoom);
        builder.Property(u => u.Away).HasDefaultValue(false);
    }

    public void Configure(EntityTypeBuilder<IdentityUserToken<long>> builder)
    {
        builder.Property(t => t.LoginProvider).HasMaxLength(Longest);
        builder.Property(t => t.Name).HasMaxLength(Longest);
    }

    public void Configure(EntityTypeBuilder<IdentityUserLogin<long>> builder)
    {
        builder.Property(t => t.LoginProvider).HasMaxLength(Longest);
        builder.Property(t => t.ProviderKey).HasMaxLength(Longest);
    }
}
