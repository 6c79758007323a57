/** The file that a signed id stands for. */
interface Announced {
  byteSize: number;
  contentType: string;
  checksum: string;
}

export class DirectUpload {
  readonly announced: Announced;
  readonly publicUrl: string;
  /** Whether the bytes have arrived. They are not kept. */
  isThere = false;

  constructor(announced: Announced, publicUrl: string) {
    this.announced = announced;
    this.publicUrl = publicUrl;
  }
}
