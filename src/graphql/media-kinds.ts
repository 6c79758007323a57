/** What a media field takes: a picture, a video or audio. */
export type MediaKind = keyof typeof CONTENT_TYPES;

/** The content types with their file extensions. */
export const CONTENT_TYPES = {
  image: {
    'image/jpeg': ['jpg', 'jpeg'],
    'image/png': ['png'],
    'image/webp': ['webp'],
    'image/gif': ['gif'],
    'image/heic': ['heic'],
    'image/heif': ['heif'],
    'image/avif': ['avif'],
    'image/bmp': ['bmp'],
    'image/tiff': ['tif', 'tiff'],
  },
  video: {
    'video/mp4': ['mp4', 'm4v'],
    'video/quicktime': ['mov'],
    'video/webm': ['webm'],
    'video/x-matroska': ['mkv'],
  },
  audio: {
    'audio/mpeg': ['mp3'],
    'audio/mp4': ['m4a'],
    'audio/x-m4a': [],
    'audio/wav': ['wav'],
    'audio/x-wav': [],
    'audio/ogg': ['ogg', 'oga'],
    'audio/webm': ['weba'],
    'audio/aac': ['aac'],
    'audio/flac': ['flac'],
  },
} satisfies Record<string, Record<string, readonly string[]>>;
